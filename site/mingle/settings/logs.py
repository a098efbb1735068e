"""What is written down where errors are not shown in the browser."""

# Django keeps errors to itself where DEBUG is off and nobody is named to be mailed. Paths are written,
# queries are not; a page that is not there is the visitor's affair, and the access log's.
ERRORS_TO_THE_SCREEN = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"screen": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["screen"], "level": "WARNING"},
}
