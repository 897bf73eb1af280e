use judge::any::select;
use judge::any::vec;
use judge::{Answer, Broken, any, ensure, equal, example, for_all, rejected};
use katas::m10_pipeline::table::load;
use kit::{Cells, Column, Generator, InputError, Table};
use proptest::prelude::*;

use judge::any::sizes;

/// Words with everything in them that has to be quoted, and some that look like numbers.
const WORDS: [&str; 9] = ["a", "b c", "d,e", "f\"g", "two\nlines", "7", "\"x\"", "na", "Na"];

/// A table with a numeric and a categorical column, missing values in both, and how to write it.
fn written() -> impl Strategy<Value = (Table, [bool; 3])> + Send + Sync + Clone {
    let word =
        prop_oneof![3 => select(WORDS.to_vec()).prop_map(|word| Some(word.to_owned())), 1 => Just(None)];
    let number = prop_oneof![3 => any::eighth().prop_map(Some), 1 => Just(None)];
    let ways = [any::<bool>(), any::<bool>(), any::<bool>()];
    (vec((number, word), 0..=4), any::eighth(), ways).prop_map(|(rows, first, ways)| {
        // A column of missing values alone holds words, so the first row has its number.
        let numbers =
            rows.iter().enumerate().map(|(i, row)| if i == 0 { Some(first) } else { row.0 }).collect();
        let numbers = if rows.is_empty() { Cells::Words(vec![]) } else { Cells::Numbers(numbers) };
        let words = Cells::Words(rows.iter().map(|row| row.1.clone()).collect());
        let column = |name: &str, cells| Column { name: name.to_owned(), cells };
        (Table { columns: vec![column("size", numbers), column("say \"hue\"", words)] }, ways)
    })
}

fn text_of(table: &Table, [crlf, na, all_quoted]: [bool; 3]) -> String {
    let quoted = |cell: &str| {
        let special = cell.contains([',', '"', '\n']);
        if special || all_quoted { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
    };
    let missing = || quoted(if na { "NA" } else { "" });
    let end = if crlf { "\r\n" } else { "\n" };
    let names: Vec<String> = table.columns.iter().map(|column| quoted(&column.name)).collect();
    let mut text = names.join(",") + end;
    for i in 0..table.rows() {
        let cell = |column: &Column| match &column.cells {
            Cells::Numbers(numbers) => numbers[i].map_or_else(missing, |x| quoted(&x.to_string())),
            Cells::Words(words) => words[i].as_deref().map_or_else(missing, quoted),
        };
        text += &(table.columns.iter().map(cell).collect::<Vec<_>>().join(",") + end);
    }
    text
}

fn bad(line: usize, column: &str, got: &str, wanted: &'static str) -> InputError {
    InputError::BadCell { line, column: column.to_owned(), got: got.to_owned(), wanted }
}

fn reads(text: &str, words: &[&str], want: &Table, look: &str) -> Result<(), Broken> {
    let call = format!("load({text:?}, {words:?})");
    let got = load(text, words).accepted(&call)?;
    equal(&call, got, want.clone(), look)
}

#[test]
fn reads_what_was_written() {
    for_all("table, [CRLF, NA for missing values, all cells quoted]", written()).holds(|(table, ways)| {
        let look = "A quoted cell keeps its commas, line breaks and doubled quotes; a missing value is \
            empty or NA, quoted or not, and na is a word. A number in quotes is a number.";
        reads(&text_of(table, *ways), &["say \"hue\""], table, look)
    });
}

/// A table of any number of rows and columns, every other column of words, as text with whitespace around the cells.
fn any_size() -> impl Strategy<Value = (Table, String)> + Send + Sync + Clone {
    (sizes([1..=4, 1..=4], [301, 301]), any::seed()).prop_map(|([rows, cols], seed)| {
        let (mut generator, space) = (Generator::from_seed(seed), ["", " ", "\t", " \t "]);
        let (mut lines, mut columns) = (vec![String::new(); rows + 1], Vec::new());
        for j in 0..cols {
            let mut name = format!("x{j}");
            let is_words = j % 2 == 1;
            let (mut numbers, mut words) = (Vec::new(), Vec::new());
            for (i, line) in lines.iter_mut().enumerate() {
                let around = space[generator.below(4)];
                let missing = i > 1 && generator.below(5) == 0;
                let cell = match (i, missing, is_words) {
                    (0, ..) => std::mem::take(&mut name),
                    // A line of whitespace alone would be no row.
                    (_, true, _) if cols == 1 => "NA".to_owned(),
                    (_, true, _) => ["", "NA"][generator.below(2)].to_owned(),
                    (_, _, false) => (generator.below(129) as f64 / 8.0 - 8.0).to_string(),
                    (_, _, true) => GAPS_ELSEWHERE[generator.below(GAPS_ELSEWHERE.len())].to_owned(),
                };
                if i > 0 {
                    numbers.push((!missing).then(|| cell.parse().unwrap_or(0.0)));
                    words.push((!missing).then(|| cell.clone()));
                }
                let comma = if j == 0 { "" } else { "," };
                *line += &format!("{comma}{around}{cell}{around}");
            }
            let cells = if is_words { Cells::Words(words) } else { Cells::Numbers(numbers) };
            columns.push(Column { name: format!("x{j}"), cells });
        }
        (Table { columns }, lines.join("\n"))
    })
}

/// Words that are missing values in other files, or look like numbers.
const GAPS_ELSEWHERE: [&str; 15] = [
    "NaN",
    "nan",
    "null",
    "None",
    "N/A",
    "-",
    "?",
    "inf",
    "7",
    "0",
    "na",
    "1e999",
    "red",
    "a b",
    "not a word – größer: more than sixty letters and blanks – ж中✓ – all of them count",
];

#[test]
fn reads_tables_of_any_size() {
    for_all("table, text", any_size()).cases(64).holds(|(table, text)| {
        let of_words = |column: &&Column| matches!(column.cells, Cells::Words(_));
        let words = table.columns.iter().filter(of_words).map(|column| column.name.as_str());
        let words: Vec<&str> = words.collect();
        let look = "Every row and column, all names in `words`, whitespace of any kind trimmed; missing are \
            NA and the empty cell only.";
        reads(text, &words, table, look)
    });
}

#[test]
fn infers_the_type_from_the_first_value() {
    example(|| {
        let look = "Skip missing values; the first other cell decides the type of the whole column.";
        reads(
            "a,b,c\n,NA,\nNA,,NA\n2,x,\n,3,\n",
            &[],
            &Table::of([("a", "? ? 2 ?"), ("b", "? ? x 3"), ("c", "? ? ? ?")]),
            look,
        )
    });
}

#[test]
fn named_columns_are_categorical() {
    example(|| {
        let got =
            load("year,mass\n2007,1\n2008,2\n", &["year"]).accepted("load(\"year,mass…\", [\"year\"])")?;
        let want = vec![Some("2007".to_owned()), Some("2008".to_owned())];
        let look = "A year, a postcode, a class look like numbers and are categories.";
        equal("words of the column year", got.words("year").accepted("words")?.to_vec(), want, look)?;
        equal(
            "numbers of the column mass",
            got.numbers("mass").ok().map(<[_]>::len),
            Some(2),
            "Only year was named.",
        )
    });
}

#[test]
fn trims_cells() {
    example(|| {
        let look = "Trim each cell, then check whether it is missing.";
        let want = Table::of([("a", "1 ? ?"), ("b", "x ? y")]);
        reads(" a , b\n 1 , x \n NA ,  \n  ,y\n", &[], &want, look)?;
        reads("\ta ,b\t\n1\t,\t x\nNA\t,\t\n,\"y\t\"\n", &[], &want, "A tab is whitespace.")?;
        reads(
            "a,b\n 1,\" x \"\n\" NA \",\" \"\n,\" y\"\n",
            &[],
            &want,
            "Whitespace just inside the quotes is dropped, too.",
        )
    });
}

#[test]
fn reads_the_penguins() {
    example(|| {
        let got = load(kit::data::PENGUINS_CSV, &[]).accepted("load(PENGUINS_CSV, [])")?;
        let missing = |column: &Column| (0..got.rows()).filter(|&i| column.cells.is_gap(i)).count();
        let counted: Vec<usize> = got.columns.iter().map(missing).collect();
        equal("rows", got.rows(), 344, "344 penguins and a header.")?;
        equal("missing values per column", counted, vec![0, 0, 2, 2, 2, 2, 11, 0], "NA is missing.")?;
        let numbers = |column: &&Column| matches!(column.cells, Cells::Numbers(_));
        let numbers: Vec<&str> =
            got.columns.iter().filter(numbers).map(|column| column.name.as_str()).collect();
        let want = vec!["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "year"];
        equal("numeric columns", numbers, want, "Species, island and sex are words.")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m10_pipeline::table::load;
        let table = load("sex,mass,year\nmale,1.5,2007\n\"female\",NA,2008\n", &["year"])?;
        assert_eq!(table.numbers("mass")?, [Some(1.5), None]);
        assert_eq!(table.words("year")?[0], Some("2007".to_owned()));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn keeps_line_breaks_inside_quotes() {
        example(|| {
            let text = "a\r\n\"x\r\ny\"\r\n\"x\ny\"\n";
            let call = format!("load({text:?}, [])");
            let got = load(text, &[]).accepted(&call)?;
            let want = vec![Some("x\r\ny".to_owned()), Some("x\ny".to_owned())];
            let look = "Inside quotes a line break is text: \\r\\n stays \\r\\n, and \\n stays \\n.";
            equal(&format!("words of {call}"), got.words("a").accepted("words")?.to_vec(), want, look)
        });
    }

    #[test]
    fn skips_byte_order_marks_and_empty_lines() {
        example(|| {
            let want = Table::of([("a", "1 3"), ("b", "x y")]);
            let look = "Lines of whitespace are no rows; a file may begin with the invisible U+FEFF, and end \
                without a line break.";
            for text in [
                "\u{feff}a,b\n1,x\n3,y\n",
                "\u{feff}\"a\",b\n1,x\n3,\"y\"",
                "\n\na,b\r\n  \r\n1,x\r\n\r\n3,y",
                "a,b\n\t\u{a0} \n1,x\n\n\n3,y\n\n",
            ] {
                reads(text, &[], &want, look)?;
            }
            reads(
                "a\n\"\"\n1\n",
                &[],
                &Table::of([("a", "? 1")]),
                "An empty quoted cell is a missing value, and its line a row.",
            )
        });
    }

    #[test]
    fn infinities_and_nan_are_not_numbers() {
        example(|| {
            for word in ["inf", "NaN", "-infinity", "1e999"] {
                let call = format!("load(\"a\\n{word}\\n\", [])");
                let got = load(&format!("a\n{word}\n"), &[]).accepted(&call)?;
                let look = "Rust parses inf and NaN as f64. A number here is a finite one.";
                equal(&call, got.words("a").ok().map(<[_]>::len), Some(1), look)?;
                let call = format!("load(\"a\\n1\\n{word}\\n\", [])");
                rejected(
                    &call,
                    load(&format!("a\n1\n{word}\n"), &[]),
                    bad(3, "a", word, "a finite number"),
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn reports_bad_cells_by_line_and_column() {
        for_all("rows before, empty lines before, column", (0..4_usize, 0..3_usize, 0..2_usize))
            .cases(64)
            .holds(|(rows, empty, column)| {
                let mut text = "mass,age,note\n1,2,\"two\nlines\"\n".to_owned()
                    + &"3,4,x\n".repeat(*rows)
                    + &"\n".repeat(*empty);
                text += ["5,y6,z\n", "y6,6,z\n"][*column];
                let line = 4 + rows + empty;
                let call = format!("load({text:?}, [])");
                let look = "Count the lines of the file from 1: the header, empty lines, and lines inside \
                    quotes, too.";
                let want = bad(line, ["age", "mass"][*column], "y6", "a finite number");
                rejected(&call, load(&text, &[]), want, look)
            });
    }

    #[test]
    fn rejects_ragged_lines() {
        example(|| {
            for (text, line, got) in
                [("a,b\n1,2\n3\n", 3, 1), ("a,b\n1,2,3\n", 2, 3), ("a,b\n\n1,2\n3,\n4,5,\n", 5, 3)]
            {
                let call = format!("load({text:?}, [])");
                let look = "If a row has one cell too few, it is unknown which cell is missing.";
                rejected(&call, load(text, &[]), InputError::RaggedLine { line, got, wanted: 2 }, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_missing_and_duplicate_names() {
        example(|| {
            let wanted = "a name of its own";
            for (text, name) in [("a,b,a\n1,2,3\n", "a"), ("a,,b\n", ""), ("a, a\n", "a")] {
                let look = "Names are compared after trimming. Two columns must not have the same name.";
                rejected(&format!("load({text:?}, [])"), load(text, &[]), bad(1, name, name, wanted), look)?;
            }
            let table = Table::of([("a", "1"), ("A", "2")]);
            reads("a,A\n1,2\n", &[], &table, "a and A are two names: compare them letter by letter.")?;
            for (words, got) in
                [(&["b", "c"][..], "c"), (&["b", "d", "a"], "d"), (&["A"], "A"), (&[" b"], " b")]
            {
                let want = InputError::NoColumn { got: got.to_owned(), wanted: "words" };
                let look = "Every name in `words` must be a column, letter by letter.";
                rejected(&format!("load(\"a,b\\n\", {words:?})"), load("a,b\n", words), want, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_unclosed_quotes() {
        example(|| {
            let look = "At the end of the text the parser is still inside quotes: report the line in which \
                the row began and the column of the cell. `got` is the text read of this cell, trimmed.";
            for (text, line, column, got) in [
                ("a,b\n1,x\n2,\"y\n3,z\n", 3, "b", "y\n3,z"),
                ("a,b\n\"1", 2, "a", "1"),
                ("a,\"b\n1,2\n", 1, "", "b\n1,2"),
            ] {
                rejected(
                    &format!("load({text:?}, [])"),
                    load(text, &[]),
                    bad(line, column, got, "a closing quote"),
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn accepts_a_header_without_rows() {
        example(|| {
            let got = load("a,b\n", &[]).accepted("load(\"a,b\\n\", [])")?;
            let names: Vec<&str> = got.columns.iter().map(|column| column.name.as_str()).collect();
            equal("names of load(\"a,b\\n\", [])", names, vec!["a", "b"], "The header names the columns.")?;
            ensure(got.rows() == 0, || {
                Broken::answer(format!("{got:?}"), "no rows", "The header is not a row.")
            })?;
            for text in ["", "\n \n", "\u{feff}"] {
                let want = InputError::TooFew { got: 0, wanted: 1 };
                rejected(&format!("load({text:?}, [])"), load(text, &[]), want, "There is no header.")?;
            }
            Ok(())
        });
    }

    #[test]
    fn parses_numbers_as_rust_does() {
        example(|| {
            let text = "a,b\n1e3,-2.5E-1\n+2,.5\n5.,-0\n1e-300,0012\n";
            let call = format!("load({text:?}, [])");
            let got = load(text, &[]).accepted(&call)?;
            let look = "Let `parse` decide what is a number: a leading sign, an exponent, a point at either \
                end are valid.";
            for (name, want) in [("a", [1e3, 2.0, 5.0, 1e-300]), ("b", [-0.25, 0.5, 0.0, 12.0])] {
                equal(
                    &format!("numbers of {name} in {call}"),
                    got.numbers(name).ok().map(<[_]>::to_vec),
                    Some(want.map(Some).to_vec()),
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn only_na_and_empty_cells_are_missing() {
        example(|| {
            let want = Table::of([("a", "null N/A - n/a #N/A nan None"), ("b", "1 2 3 4 5 6 7")]);
            let look = "Other files have other words for a missing value. Here there is one: NA.";
            reads("a,b\nnull,1\nN/A,2\n-,3\nn/a,4\n#N/A,5\nnan,6\nNone,7\n", &[], &want, look)?;
            let look = "`str::trim` drops whitespace outside ASCII, too, such as the no-break space U+00A0.";
            reads(
                "\u{a0}a,b\n\u{a0}NA\u{a0},1\u{a0}\n\u{2003}x,2\n",
                &[],
                &Table::of([("a", "? x"), ("b", "1 2")]),
                look,
            )
        });
    }

    #[test]
    fn counts_lines_of_the_file() {
        example(|| {
            let look = "Count every line of the file from 1. A row that spans several lines has the number \
                of its first.";
            let text = "mass,note\n1,x\ny,\"two\nlines\"\n";
            rejected(
                &format!("load({text:?}, [])"),
                load(text, &[]),
                bad(3, "mass", "y", "a finite number"),
                look,
            )?;
            let text = "mass,note\n1,\"two\n\nlines\",3\n";
            let want = InputError::RaggedLine { line: 2, got: 3, wanted: 2 };
            rejected(&format!("load({text:?}, [])"), load(text, &[]), want, look)?;
            let text = "\"a\nb\",c\n1,2\nx,3\n";
            rejected(
                &format!("load({text:?}, [])"),
                load(text, &[]),
                bad(4, "a\nb", "x", "a finite number"),
                look,
            )?;
            let text = "\n \na,a\n";
            rejected(
                &format!("load({text:?}, [])"),
                load(text, &[]),
                bad(3, "a", "a", "a name of its own"),
                look,
            )
        });
    }

    #[test]
    fn reads_numbers_of_any_magnitude_exactly() {
        let numbers = sizes([1..=3, 1..=3], [301, 65]).prop_flat_map(|[rows, cols]| {
            let number = prop_oneof![any::wide(), any::magnitude(-307, 307)];
            vec(vec(number, cols), rows)
        });
        for_all("numbers", numbers).cases(48).holds(|numbers| {
            let (rows, cols) = (numbers.len(), numbers[0].len());
            let header: Vec<String> = (0..cols).map(|j| format!("x{j}")).collect();
            let line = |row: &Vec<f64>| row.iter().map(|x| format!("{x}")).collect::<Vec<_>>().join(",");
            let lines: Vec<String> = numbers.iter().map(line).collect();
            let text = format!("{}\n{}\n", header.join(","), lines.join("\n"));
            let got = load(&text, &[]).accepted("load(text, [])")?;
            let column = |j: usize| Column {
                name: format!("x{j}"),
                cells: Cells::Numbers((0..rows).map(|i| Some(numbers[i][j])).collect()),
            };
            let want = Table { columns: (0..cols).map(column).collect() };
            let look = "Every row and column, and every number exactly as written: parse as f64.";
            equal("load(text, [])", got, want, look)
        });
    }

    #[test]
    fn reports_an_error_wherever_it_is() {
        let inputs = (sizes([1..=4, 2..=4, 0..=3], [301, 41, 3]), any::seed(), 0..5_usize);
        for_all("rows, cols, empty lines, place, how", inputs).cases(64).holds(
            |&([rows, cols, empty], place, how)| {
                let (i, j) = (place as usize % rows, (place >> 32) as usize % cols);
                let mut names: Vec<String> = (0..cols).map(|j| format!("x{j}")).collect();
                let mut cells = vec![vec!["1".to_owned(); cols]; rows];
                let (line, mut words) = (2 + empty + i, Vec::new());
                let want = match how {
                    0 if rows > 1 => {
                        let i = i.max(1);
                        cells[i][j] = "7x".to_owned();
                        bad(2 + empty + i, &names[j], "7x", "a finite number")
                    }
                    1 => {
                        cells[i].push("1".to_owned());
                        InputError::RaggedLine { line, got: cols + 1, wanted: cols }
                    }
                    2 => {
                        cells[i].pop();
                        InputError::RaggedLine { line, got: cols - 1, wanted: cols }
                    }
                    3 => {
                        names[j] = names[(j + 1) % cols].clone();
                        bad(1, &names[j], &names[j], "a name of its own")
                    }
                    _ => {
                        words = names.clone();
                        words.insert(j, "x".to_owned());
                        InputError::NoColumn { got: "x".to_owned(), wanted: "words" }
                    }
                };
                let lines: Vec<String> = cells.iter().map(|row| row.join(",")).collect();
                let text = format!("{}\n{}{}\n", names.join(","), "\n".repeat(empty), lines.join("\n"));
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                let call = format!("load({:?}…, {words:?})", &text[..text.len().min(80)]);
                let look = "Every line, column and name is checked, and reported by its own number and name.";
                rejected(&call, load(&text, &words), want, look)
            },
        );
    }
}
