"""The one virus that can be told without a scanner: the harmless file that every scanner reports. No Django here."""

from core.errors import Refusal

# In two halves so that this source is not such a file.
_TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def refuse_virus(content: bytes) -> None:
    if _TEST_VIRUS in content:
        raise Refusal("文件含有病毒特征,已拒绝接收;请用杀毒软件检查本机")
