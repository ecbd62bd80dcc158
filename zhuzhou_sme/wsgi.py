"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from core.files.cell import keep_to_itself

keep_to_itself()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuzhou_sme.settings")
application = get_wsgi_application()
