"""The admin site of the bureau, the city platform, the counties and the auditors: stock Django admin under our name."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest


class Desk(AdminSite):
    site_title = "工作台"
    site_header = "株洲市中小企业服务平台评价 · 工作台"
    index_title = "工作台"
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        """Only active accounts of a desk role; window accounts work at /my/."""
        return bool(request.user.is_active and request.user.is_staff)
