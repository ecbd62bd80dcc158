"""Facts that two apps need: people and how they sign in, jobs, files, the bureau's own particulars."""

from core.models.attachment import Attachment
from core.models.change_request import ChangeRequest
from core.models.damaged_file import DamagedFile
from core.models.job import Job
from core.models.kept_form import KeptForm
from core.models.office import Office
from core.models.sealed_file import SealedFile
from core.models.sign_in import KnownAddress, LinkedIdentity, SecondFactor, SignIn, SignInFailure
from core.models.user import User

__all__ = [
    "Attachment",
    "ChangeRequest",
    "DamagedFile",
    "Job",
    "KeptForm",
    "KnownAddress",
    "LinkedIdentity",
    "Office",
    "SealedFile",
    "SecondFactor",
    "SignIn",
    "SignInFailure",
    "User",
]
