"""Known battles as studies: published values beside ours, and blind forecasts.

`studies` names them, `validate` runs them. A study is data (targets with their
tolerances and a citation) plus the few lines that compute ours.
"""

import os
import sys

# The forecast factors hundreds of small matrices. On a busy machine the threads of the
# linear algebra then wait for one another: one thread takes 30 s where two took minutes.
# It is read when numpy is loaded, so it is said before; whoever has set it is heeded.
if "numpy" not in sys.modules:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from inje.gallery._catalogue import studies, validate
from inje.gallery._study import Row, Study, Target

__all__ = ["Row", "Study", "Target", "studies", "validate"]
