"""Pages of the desk that tell about all apps at once."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core.choices import Role
from core.views.desk import desk_page, page
from zhuzhou_sme.duties import duties, role_rows


@desk_page("core.view_roles")
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Who may do what, for everybody of the desk."""
    columns = [(role.value, role.label) for role in Role]
    return page(request, "admin/desk/roles.html", "角色与权限", roles=role_rows(), columns=columns, duties=duties())
