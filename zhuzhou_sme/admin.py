"""Libraries' models that the desk does not offer: our roles are code, and nobody signs in by e-mail address."""

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group

admin.site.unregister([EmailAddress, Group])
