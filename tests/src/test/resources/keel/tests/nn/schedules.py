"""Writes schedules.txt: rates of PyTorch's schedulers before each of 61 steps, which the tests compare with. Run: python schedules.py > schedules.txt

A line is a name, a colon and its numbers; `NAME momentum` has the momentum of a schedule that cycles it."""
import torch, warnings, torch.optim.lr_scheduler as S
warnings.simplefilter('ignore')

def run(name, make, momentum=False, metrics=None, steps=60):
    p = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    o = torch.optim.SGD([p], lr=.1, momentum=.9)
    s = make(o)
    r, m = [o.param_groups[0]['lr']], [o.param_groups[0]['momentum']]
    for e in range(steps):
        o.step()
        s.step(metrics[e]) if metrics else s.step()
        r.append(o.param_groups[0]['lr']); m.append(o.param_groups[0]['momentum'])
    print(name + ':', *map(repr, map(float, r)))
    if momentum: print(name + ' momentum:', *map(repr, map(float, m)))

run('constant', lambda o: S.ConstantLR(o))
run('linear', lambda o: S.LinearLR(o, .25, .75, 30))
run('step', lambda o: S.StepLR(o, 7, .5))
run('multiStep', lambda o: S.MultiStepLR(o, [5, 20, 20, 41], .3))
run('exponential', lambda o: S.ExponentialLR(o, .93))
run('polynomial', lambda o: S.PolynomialLR(o, 40, 1.7))
run('cosineWave', lambda o: S.CosineAnnealingLR(o, 13, 1e-3))
run('cosineRestarts', lambda o: S.CosineAnnealingWarmRestarts(o, 9, 1, 1e-3))
run('cosineRestarts growing', lambda o: S.CosineAnnealingWarmRestarts(o, 4, 2, 0))
run('triangular', lambda o: S.CyclicLR(o, .01, .1, 5, 8), True)
run('halving', lambda o: S.CyclicLR(o, .01, .1, 6, mode='triangular2'), True)
run('expRange', lambda o: S.CyclicLR(o, .02, .3, 7, 4, mode='exp_range', gamma=.97), True)
run('oneCycle', lambda o: S.OneCycleLR(o, .5, 61), True)
run('oneCycle linear', lambda o: S.OneCycleLR(o, .5, 61, pct_start=.4, anneal_strategy='linear', div_factor=10, final_div_factor=100), True)
run('oneCycle three', lambda o: S.OneCycleLR(o, .5, 61, pct_start=.37, three_phase=True), True)
run('lambda', lambda o: S.LambdaLR(o, lambda e: 1 / (1 + e)))
run('multiplicative', lambda o: S.MultiplicativeLR(o, lambda e: .9 + .001 * e))
run('sequential', lambda o: S.SequentialLR(o, [S.LinearLR(o, .1, 1, 10), S.CosineAnnealingLR(o, 25), S.ConstantLR(o, .5, 5)], [10, 35]))
run('chained', lambda o: S.ChainedScheduler([S.ConstantLR(o, .1, 4), S.ExponentialLR(o, .9)], optimizer=o))
run('swa', lambda o: torch.optim.swa_utils.SWALR(o, .02, 20))
run('swa linear', lambda o: torch.optim.swa_utils.SWALR(o, .02, 20, 'linear'))
metrics = [1 / (1 + i // 7) + (.01 if i % 3 == 0 else 0) for i in range(60)]
run('plateau', lambda o: S.ReduceLROnPlateau(o, patience=3, factor=.5, cooldown=2), metrics=metrics)
run('plateau max', lambda o: S.ReduceLROnPlateau(o, mode='max', patience=4, threshold=.02, min_lr=1e-3), metrics=[2 - m for m in metrics])
run('plateau abs', lambda o: S.ReduceLROnPlateau(o, patience=1, threshold=.02, threshold_mode='abs', eps=1e-5), metrics=metrics)
