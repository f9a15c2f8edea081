"""Makes the NumPy files of this folder. python make.py; needs NumPy."""
import os
import numpy as np
here = os.path.dirname(os.path.abspath(__file__))
path = lambda name: os.path.join(here, name)
base = np.arange(12).reshape(3, 4) - 3
for name, array in dict(
    i1=base.astype('i1'), i2=base.astype('<i2'), i2be=base.astype('>i2'), i4=base.astype('<i4'), i8=base.astype('<i8'),
    u1=np.abs(base).astype('u1'), u2=np.abs(base).astype('<u2'), f2=(base / 2).astype('<f2'), f4=(base / 2).astype('<f4'),
    f8be=(base / 2).astype('>f8'), fortran=np.asfortranarray(base.astype('<f4')), bool=(base > 0),
).items():
    np.save(path(f'{name}.npy'), array)
np.save(path('text.npy'), np.array(['a', 'b']))
images = (np.arange(6 * 5 * 5 * 3) % 251).astype('u1').reshape(6, 5, 5, 3)
np.savez(path('parts.npz'), x_train=images[:4], y_train=np.array([0, 1, 2, 1]), x_test=images[4:], y_test=np.array([2, 0]))
np.savez_compressed(path('onehot.npz'), X=images[..., 0], y=np.eye(3, dtype='f4')[[0, 1, 2, 1, 0, 2]])
np.savez(path('regression.npz'), data=np.linspace(0, 1, 18).reshape(6, 3), target=np.linspace(-1, 1, 6))
