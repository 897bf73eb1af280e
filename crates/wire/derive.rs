//! Writing down how a struct or an enum is sent: field after field, and before that the number of the variant.
//!
//! Also used by `build.rs` for the kit's types, and by the grader for those of the katas' files.

use quote::{ToTokens, format_ident, quote};
use syn::{Fields, Generics, Item};

/// The kit's plain types: where each is written, and how it is called.
pub const KIT: [(&str, &str); 21] = [
    ("data.rs", "kit::data::Dataset"),
    ("dense.rs", "kit::Dense"),
    ("eigen.rs", "kit::Eigen"),
    ("error.rs", "kit::InputError"),
    ("explanation.rs", "kit::Explanation"),
    ("explanation.rs", "kit::Step"),
    ("figure/plain.rs", "kit::figure::Axis"),
    ("figure/plain.rs", "kit::figure::Figure"),
    ("figure/plain.rs", "kit::figure::Layer"),
    ("pipeline.rs", "kit::pipeline::Cleaning"),
    ("pipeline.rs", "kit::pipeline::Encoded"),
    ("pipeline.rs", "kit::pipeline::Evaluation"),
    ("pipeline.rs", "kit::pipeline::Origin"),
    ("pipeline.rs", "kit::pipeline::Recipe"),
    ("pipeline.rs", "kit::pipeline::Report"),
    ("pipeline.rs", "kit::pipeline::Scale"),
    ("softmax.rs", "kit::Softmax"),
    ("table.rs", "kit::Cells"),
    ("table.rs", "kit::Column"),
    ("table.rs", "kit::Table"),
    ("tree.rs", "kit::Split"),
];

/// The name of a struct or an enum.
pub fn name(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

/// `impl Encode` and `impl Decode` for the type at `path`; `wire` leads to the traits.
pub fn impls(item: &Item, path: &str, wire: &str) -> Option<String> {
    let (path, wire): (syn::Path, syn::Path) = (syn::parse_str(path).ok()?, syn::parse_str(wire).ok()?);
    let (generics, put, take) = match item {
        Item::Struct(item) => {
            let (pattern, puts, takes) = fields(&item.fields, &wire);
            (&item.generics, quote! { let Self #pattern = self; #puts }, quote! { Ok(Self #takes) })
        }
        Item::Enum(item) => {
            let (mut puts, mut takes) = (quote! {}, quote! {});
            for (number, variant) in item.variants.iter().enumerate() {
                let (name, number) = (&variant.ident, u8::try_from(number).ok()?);
                let (pattern, puts_fields, takes_fields) = fields(&variant.fields, &wire);
                puts.extend(quote! { Self::#name #pattern => { wire_out.push(#number); #puts_fields } });
                takes.extend(quote! { #number => Ok(Self::#name #takes_fields), });
            }
            // For an enum that may grow the compiler wants an arm for what is not there yet.
            let open = quote! { #[allow(unreachable_patterns)] _ => wire_out.push(u8::MAX), };
            let take = quote! { match wire_from.byte()? { #takes _ => Err(#wire::Malformed) } };
            (&item.generics, quote! { match self { #puts #open } }, take)
        }
        _ => return None,
    };
    let of = |bound: &str| bounded(generics, &wire, bound);
    let (names, _) = of("Encode");
    let ((_, puts), (_, takes)) = (of("Encode"), of("Decode"));
    let tokens = quote! {
        impl #puts #wire::Encode for #path #names {
            fn encode(&self, wire_out: &mut Vec<u8>) {
                #put
            }
        }
        impl #takes #wire::Decode for #path #names {
            fn decode(wire_from: &mut #wire::Reader<'_>) -> Result<Self, #wire::Malformed> {
                #take
            }
        }
    };
    Some(tokens.to_token_stream().to_string() + "\n")
}

/// `<T>` and `<T: Encode>`.
fn bounded(
    generics: &Generics,
    wire: &syn::Path,
    bound: &str,
) -> (proc_macro2::TokenStream, proc_macro2::TokenStream) {
    let bound = format_ident!("{bound}");
    let names: Vec<_> = generics.type_params().map(|it| &it.ident).collect();
    if names.is_empty() {
        return (quote! {}, quote! {});
    }
    (quote! { <#(#names),*> }, quote! { <#(#names: #wire::#bound),*> })
}

/// A pattern that names the fields, what writes them, and what reads them.
fn fields(
    fields: &Fields,
    wire: &syn::Path,
) -> (proc_macro2::TokenStream, proc_macro2::TokenStream, proc_macro2::TokenStream) {
    match fields {
        Fields::Named(named) => {
            let names: Vec<_> = named.named.iter().filter_map(|it| it.ident.as_ref()).collect();
            let takes = quote! { { #(#names: wire_from.decode()?),* } };
            (quote! { { #(#names),* } }, quote! { #(#wire::Encode::encode(#names, wire_out);)* }, takes)
        }
        Fields::Unnamed(unnamed) => {
            let names: Vec<_> = (0..unnamed.unnamed.len()).map(|k| format_ident!("field_{k}")).collect();
            let takes = names.iter().map(|_| quote! { wire_from.decode()? });
            (
                quote! { (#(#names),*) },
                quote! { #(#wire::Encode::encode(#names, wire_out);)* },
                quote! { (#(#takes),*) },
            )
        }
        Fields::Unit => (quote! {}, quote! {}, quote! {}),
    }
}
