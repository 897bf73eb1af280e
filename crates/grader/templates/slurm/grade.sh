#!/bin/bash
# Grades a class with Slurm: one job builds, an array of jobs grades a part of the class each, the last one merges. On the
# login node, in a clone of the katas, with paths that every node sees:
#
#   crates/grader/templates/slurm/grade.sh ~/class/submissions ~/class/assignment.toml ~/class/grades 8
#
# The results are below the folder that is named third, and what the jobs printed is in its folder jobs/. Called again
# with the same words it resumes: what is finished is not graded again. Options of sbatch, such as an account or a partition,
# go into SBATCH_ACCOUNT, SBATCH_PARTITION and their kin; KATAS_SEED names the seed that all parts draw from.
#
# Each node needs Rust and bubblewrap, and KATAS_PLACE, a folder of its own below which no path is shared: the laws are
# built once there, and unpacked to the same path on the other nodes, so that cargo finds nothing to do.
set -euo pipefail

: "${KATAS_PLACE:=/tmp/katas-$(id -un)}"
export KATAS_PLACE CARGO_NET_OFFLINE=true

submit() {
    [ $# -eq 4 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
    SUBMISSIONS=$(realpath "$1") ASSIGNMENT=$(realpath "$2") PARTS=$4
    mkdir -p "$3/jobs"
    OUT=$(realpath "$3") REPOSITORY=$(git rev-parse --show-toplevel)
    # Drawn once, and kept for the next time. No learner reads it before the marks are out.
    : "${KATAS_SEED:=$(cat "$OUT/seed.txt" 2>/dev/null || od -An -N6 -tu8 /dev/urandom | tr -d ' ')}"
    (umask 077 && echo "$KATAS_SEED" > "$OUT/seed.txt")
    export SUBMISSIONS ASSIGNMENT PARTS OUT REPOSITORY KATAS_SEED
    local script=$REPOSITORY/crates/grader/templates/slurm/grade.sh
    # Fetched here: a node may have no network.
    CARGO_NET_OFFLINE=false cargo fetch --locked --manifest-path "$REPOSITORY/Cargo.toml"
    local job=(sbatch --parsable --exclusive --export=ALL --output "$OUT/jobs/%x-%A-%a.txt")
    local built part merged
    built=$("${job[@]}" --job-name katas-prepare "$script" prepare)
    part=$("${job[@]}" --job-name katas-part --array "1-$PARTS" --dependency "afterok:$built" "$script" part)
    # After all of them, however they ended: it says which part is missing.
    merged=$("${job[@]}" --job-name katas-merge --dependency "afterany:$part" "$script" merge)
    echo "submitted: job $built builds, $part grades $PARTS parts, $merged merges them into $OUT"
}

# Grading ends with 1 where a submission could not be read. That is a verdict, and stands in the results.
verdicts() {
    local status=0
    "$@" || status=$?
    [ "$status" -le 1 ]
}

prepare() {
    rm -rf "$KATAS_PLACE"
    mkdir -p "$KATAS_PLACE"
    git clone --quiet "$REPOSITORY" "$KATAS_PLACE/trusted"
    cd "$KATAS_PLACE/trusted"
    cargo kata grade --prepare --assignment "$ASSIGNMENT"
    tar -C "$KATAS_PLACE" -cf "$OUT/jobs/trusted.tar" trusted
    cp "$OUT/jobs/trusted.tar" "$KATAS_PLACE.tar"
}

# What was built, at the path at which it was built; left there by the job before where that ran on the same node.
unpack() {
    if ! cmp -s "$OUT/jobs/trusted.tar" "$KATAS_PLACE.tar"; then
        rm -rf "$KATAS_PLACE"
        mkdir -p "$KATAS_PLACE"
        tar -C "$KATAS_PLACE" -xf "$OUT/jobs/trusted.tar"
        cp "$OUT/jobs/trusted.tar" "$KATAS_PLACE.tar"
    fi
    cd "$KATAS_PLACE/trusted"
}

part() {
    unpack
    JOBS=$SLURM_CPUS_ON_NODE SHARD=$SLURM_ARRAY_TASK_ID/$PARTS PART=$OUT/part-$SLURM_ARRAY_TASK_ID
    verdicts cargo kata grade "$SUBMISSIONS" --assignment "$ASSIGNMENT" --seed "$KATAS_SEED" \
        --shard "$SHARD" --jobs "$JOBS" --out "$PART"
}

merge() {
    unpack
    verdicts cargo kata grade merge "$OUT"/part-* --out "$OUT"
    if grep -q '^similarity *= *true' "$ASSIGNMENT"; then
        cargo kata grade similarity "$SUBMISSIONS" --assignment "$ASSIGNMENT" --out "$OUT"
    fi
}

case "${SLURM_JOB_ID:+${1:-}}" in
    prepare | part | merge) "$1" ;;
    *) submit "$@" ;;
esac
