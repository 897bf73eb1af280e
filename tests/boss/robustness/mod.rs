mod adversarial_figure;
mod attack_success_rate;
mod success_figure;
