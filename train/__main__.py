"""The command line of training: `python -m train CORPUS… --out DIR`, and its sisters pretrain, evaluate, …"""

import os
import sys

# Compiled blocks and torch each bring a pool of OpenMP threads; waiting threads must sleep, not spin,
# or the two pools fight over the cores (measured: 1,100 tokens/s against 4,700). Read when torch is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

from train.commands import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
