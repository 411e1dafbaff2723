"""Routes for looking: the stylesheet and the gallery, and nothing behind them."""

from followthrough.web import gallery, scripts, styles

urlpatterns = [*styles.urlpatterns, *scripts.urlpatterns, *gallery.urlpatterns]
