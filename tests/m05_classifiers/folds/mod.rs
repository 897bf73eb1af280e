mod dealing;
mod group_k_fold;
mod k_fold;
mod stratified_k_fold;
