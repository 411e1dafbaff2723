"""Routes for looking: the stylesheet and the gallery, and nothing behind them."""

from followthrough.web import gallery, styles

urlpatterns = [*styles.urlpatterns, *gallery.urlpatterns]
