"""Known battles as studies: published values beside ours, and blind forecasts.

`studies` names them, `validate` runs them. A study is data (targets with their
tolerances and a citation) plus the few lines that compute ours.
"""

from inje.gallery._catalogue import studies, validate
from inje.gallery._study import Row, Study, Target

__all__ = ["Row", "Study", "Target", "studies", "validate"]
