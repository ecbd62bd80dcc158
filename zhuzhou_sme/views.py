"""Pages that tell about all apps at once, and where a person goes after signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from core.choices import Role
from core.models import User
from core.views.desk import desk_page, page
from zhuzhou_sme.duties import duties, role_rows


@desk_page("core.view_roles")
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Who may do what, for everybody of the desk."""
    columns = [(role.value, role.label) for role in Role]
    return page(request, "admin/desk/roles.html", "角色与权限", roles=role_rows(), columns=columns, duties=duties())


def after_login(request: HttpRequest) -> HttpResponse:
    """Desk roles go to the desk, window accounts to their workspace."""
    assert isinstance(request.user, User)  # noqa: S101  the login middleware let nobody else through
    return redirect("admin:index" if request.user.is_staff else "my_home")
