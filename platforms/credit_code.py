"""统一社会信用代码 (GB 32100-2015), pure: cleaned and checked by python-stdnum."""

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as StdnumError


def clean_credit_code(text: str) -> str:
    """The 18 characters in upper case without spaces; ValueError in Chinese when it cannot be valid."""
    if "E+" in text.upper() or text.strip().endswith(".0"):
        raise ValueError(f"“{text}”像是被表格软件改成了数字,请把该列设为文本格式后重新填写完整的18位代码")
    try:
        return str(uscc.validate(text))
    except StdnumError:
        raise ValueError(f"“{text}”不是有效的统一社会信用代码(18位,含校验位)") from None
