"""What the web server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yipanqi.settings")
application = get_wsgi_application()

# The program itself is never garbage, and an import makes a hundred thousand objects that live on
# until it ends: looking through them all again and again took a sixth of its time.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
