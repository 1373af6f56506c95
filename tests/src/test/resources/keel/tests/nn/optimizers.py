"""Writes optimizers.txt: trajectories of the reference optimizers in float64 that the tests compare with, made with PyTorch 2.13,
timm 1.0.29, schedulefree 1.4.1 and prodigyopt 1.1.2. Run: python optimizers.py > optimizers.txt

A line is a name, a colon and the elements of w (4, 3) and b (3), after steps 1, 3 and 12 of given gradients unless said otherwise.
ramp(k, shape) is that of the tests: element i is ((7i² + 37i + 11k) mod 101 − 50)/32."""
import contextlib, io, math, torch
import schedulefree, prodigyopt
from timm.optim import adan, adopt, lamb, laprop, lars, lion, madgrad, nadamw
torch.set_default_dtype(torch.float64)

def ramp(k, *shape):
    n = math.prod(shape)
    return torch.tensor([((7 * i * i + 37 * i + 11 * k) % 101 - 50) / 32 for i in range(n)]).reshape(shape)

def show(name, *tensors):
    print(name + ':', *[repr(float(v)) for t in tensors for v in t.detach().reshape(-1)])

def parameters(vector=True):
    return [torch.nn.Parameter(t) for t in ([ramp(1, 4, 3) / 4] + ([ramp(2, 3) / 4] if vector else []))]

def gradients(ps, step):
    for i, p in enumerate(ps): p.grad = ramp(3 * step + i + 1, *p.shape)

def run(name, make, vector=True):
    ps = parameters(vector)
    with contextlib.redirect_stdout(io.StringIO()): o = make(ps)
    kept = []
    for step in range(12):
        gradients(ps, step)
        o.step()
        if step + 1 in (1, 3, 12): kept += [p.detach().clone() for p in ps]
    show(name, *kept)

O = torch.optim
run('SGD maximize', lambda p: O.SGD(p, lr=.1, momentum=.9, weight_decay=.1, maximize=True))
run('Adam amsgrad', lambda p: O.Adam(p, lr=.05, betas=(.8, .9), weight_decay=.1, amsgrad=True))
run('AdamW amsgrad maximize', lambda p: O.AdamW(p, lr=.05, betas=(.8, .9), weight_decay=.1, amsgrad=True, maximize=True))
run('RMSProp maximize', lambda p: O.RMSprop(p, lr=.02, alpha=.9, weight_decay=.1, momentum=.5, centered=True, maximize=True))
run('Adamax', lambda p: O.Adamax(p))
run('Adamax options', lambda p: O.Adamax(p, lr=.05, betas=(.8, .9), eps=1e-3, weight_decay=.1, maximize=True))
run('RAdam', lambda p: O.RAdam(p))
run('RAdam short', lambda p: O.RAdam(p, lr=.05, betas=(.8, .9), eps=1e-3, weight_decay=.1))
run('RAdam decoupled', lambda p: O.RAdam(p, lr=.05, betas=(.8, .9), weight_decay=.1, decoupled_weight_decay=True, maximize=True))
run('Adagrad', lambda p: O.Adagrad(p))
run('Adagrad options', lambda p: O.Adagrad(p, lr=.1, lr_decay=.1, weight_decay=.1, initial_accumulator_value=.5, eps=1e-3, maximize=True))
run('Adadelta', lambda p: O.Adadelta(p))
run('Adadelta options', lambda p: O.Adadelta(p, lr=.5, rho=.8, eps=1e-3, weight_decay=.1, maximize=True))
run('Adafactor', lambda p: O.Adafactor(p))
run('Adafactor options', lambda p: O.Adafactor(p, lr=.3, beta2_decay=-.5, eps=(1e-2, .1), d=1.5, weight_decay=.1, maximize=True))
run('Rprop', lambda p: O.Rprop(p))
run('Rprop options', lambda p: O.Rprop(p, lr=.1, etas=(.3, 1.4), step_sizes=(1e-2, .3), maximize=True))
run('Muon', lambda p: O.Muon(p), vector=False)
run('Muon options', lambda p: O.Muon(p, lr=.05, weight_decay=.3, momentum=.8, nesterov=False, ns_coefficients=(3, -3.2, 1.2), ns_steps=3, adjust_lr_fn='match_rms_adamw'), vector=False)

# PyTorch keeps the running numbers of these two in float32; here they are float64
def doubled(o):
    step = o.step
    def stepped():
        if not o.state:
            lr = o.param_groups[0]['lr']
            for p in o.param_groups[0]['params']:
                if isinstance(o, O.NAdam):
                    o.state[p] = dict(step=torch.tensor(0.), mu_product=torch.ones(()), exp_avg=torch.zeros_like(p), exp_avg_sq=torch.zeros_like(p))
                else:
                    o.state[p] = dict(step=torch.zeros(()), eta=torch.tensor(lr), mu=torch.ones(()), ax=torch.zeros_like(p))
        step()
    o.step = stepped
    return o
run('NAdam', lambda p: doubled(O.NAdam(p, foreach=False)))
run('NAdam options', lambda p: doubled(O.NAdam(p, lr=.05, betas=(.8, .9), eps=1e-3, weight_decay=.1, momentum_decay=.05, maximize=True, foreach=False)))
run('NAdam decoupled', lambda p: doubled(O.NAdam(p, lr=.05, weight_decay=.1, decoupled_weight_decay=True, foreach=False)))
run('ASGD', lambda p: doubled(O.ASGD(p, foreach=False)))
def asgd(p):
    o = doubled(O.ASGD(p, lr=.05, lambd=.1, alpha=.5, t0=3, weight_decay=.1, maximize=True, foreach=False))
    asgd.last = o
    return o
run('ASGD options', asgd)
show('ASGD average', *[s['ax'] for s in asgd.last.state.values()])

run('Lion', lambda p: lion.Lion(p, lr=.01))
run('Lion options', lambda p: lion.Lion(p, lr=.01, betas=(.7, .8), weight_decay=.3, maximize=True))
run('Adopt', lambda p: adopt.Adopt(p))
run('Adopt options', lambda p: adopt.Adopt(p, lr=.05, betas=(.8, .9), eps=.5, clip_exp=.1, weight_decay=.1))
run('Adopt decoupled', lambda p: adopt.Adopt(p, lr=.05, betas=(.8, .9), weight_decay=.1, decoupled=True, maximize=True))
run('LaProp', lambda p: laprop.LaProp(p))
run('LaProp options', lambda p: laprop.LaProp(p, lr=.05, betas=(.8, .9), eps=1e-3, weight_decay=.1))
run('NAdamW', lambda p: nadamw.NAdamW(p))
run('NAdamW options', lambda p: nadamw.NAdamW(p, lr=.05, betas=(.8, .9), eps=1e-3, weight_decay=.1, maximize=True))
run('Madgrad', lambda p: madgrad.MADGRAD(p))
run('Madgrad still', lambda p: madgrad.MADGRAD(p, lr=.05, momentum=0, weight_decay=.1, eps=1e-3))
run('Madgrad decoupled', lambda p: madgrad.MADGRAD(p, lr=.05, momentum=.5, weight_decay=.1, decoupled_decay=True))
run('Lars', lambda p: lars.Lars(p, momentum=.9, weight_decay=.1))
run('Lars plain', lambda p: lars.Lars(p, lr=.05, momentum=.9))
run('Lars clipped', lambda p: lars.Lars(p, lr=.05, momentum=.9, nesterov=True, trust_coeff=.02, eps=.1, trust_clip=True, always_adapt=True))
run('Lamb', lambda p: lamb.Lamb(p, lr=.01, max_grad_norm=None))
run('Lamb bounded', lambda p: lamb.Lamb(p, lr=.01, max_grad_norm=2.5))
run('Lamb plain', lambda p: lamb.Lamb(p, lr=.05, betas=(.8, .9), eps=1e-3, weight_decay=0, max_grad_norm=None))
run('Lamb clipped', lambda p: lamb.Lamb(p, lr=.05, betas=(.8, .9), weight_decay=0, always_adapt=True, trust_clip=True, max_grad_norm=None))
run('Adan', lambda p: adan.Adan(p))
run('Adan options', lambda p: adan.Adan(p, lr=.05, betas=(.9, .8, .7), eps=1e-3, weight_decay=.1))
run('Adan before', lambda p: adan.Adan(p, lr=.05, betas=(.9, .8, .7), weight_decay=.1, no_prox=True))
run('Prodigy', lambda p: prodigyopt.Prodigy(p))
run('Prodigy options', lambda p: prodigyopt.Prodigy(p, lr=.5, betas=(.8, .9), eps=1e-3, weight_decay=.1, use_bias_correction=True, d0=1e-2, d_coef=2, growth_rate=1.5))

def free(name, make):
    made = []
    def ready(p):
        made.append(make(p))
        made[0].train()
        return made[0]
    run(name, ready)
    made[0].eval()
    show(name + ' average', *made[0].param_groups[0]['params'])
free('ScheduleFreeAdamW', lambda p: schedulefree.AdamWScheduleFree(p, foreach=False))
free('ScheduleFreeAdamW options', lambda p: schedulefree.AdamWScheduleFree(p, lr=.05, betas=(.8, .9), eps=1e-3, weight_decay=.1, r=2, foreach=False))
free('ScheduleFreeSGD', lambda p: schedulefree.SGDScheduleFree(p, lr=.1, foreach=False))
free('ScheduleFreeSGD options', lambda p: schedulefree.SGDScheduleFree(p, lr=.1, momentum=.7, weight_decay=.1, r=1, foreach=False))

# Rosenbrock's valley: x after each step, then the losses before each
def valley(name, steps, **options):
    x = torch.nn.Parameter(torch.tensor([-1.2, 1.]))
    o = O.LBFGS([x], **options)
    def loss():
        o.zero_grad()
        l = 100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2
        l.backward()
        return l
    xs, ls = [], []
    for _ in range(steps):
        ls.append(o.step(loss).detach().clone())
        xs.append(x.detach().clone())
    show(name, *xs, *ls)
valley('LBFGS', 6, lr=.5, max_iter=2)
valley('LBFGS strong Wolfe', 6, max_iter=3, line_search_fn='strong_wolfe')
valley('LBFGS short history', 6, lr=.8, max_iter=4, history_size=2, line_search_fn='strong_wolfe')
valley('LBFGS few evaluations', 6, max_iter=4, max_eval=3, line_search_fn='strong_wolfe')

from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
def average(name, make, **options):
    m = torch.nn.Linear(1, 3, bias=False)
    a = make(m)
    kept = []
    for step in range(6):
        with torch.no_grad(): m.weight.copy_(ramp(step, 3, 1))
        a.update_parameters(m)
        kept.append(a.module.weight.detach().clone())
    show(name, *kept)
average('Ema', lambda m: AveragedModel(m, multi_avg_fn=get_ema_multi_avg_fn(.9)))
average('Swa', lambda m: AveragedModel(m))
