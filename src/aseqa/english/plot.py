"""The sentences of the plot of figures over time, in English."""

from __future__ import annotations

PLOT: dict[str, str] = {
    "plot_heading": "These figures over time",
    "plot_locale": "en-GB",
    "plot_axis_published": "Date of publication",
    "plot_axis_held": "Period that the figure is about",
    "plot_unit_number": "Count",
    "plot_unit_%": "Per cent",
    "plot_unit_euros": "Euros",
    "plot_unit_ans": "Years",
    "plot_unit_durée": "Days",
    "plot_mark_published": "{figure}, published {date}, {voice}",
    "plot_mark_held": "{figure}, {date}, {voice}",
    "plot_hedged": "{text} ({hedge})",
    "plot_hedge_environ": "rough figure",
    "plot_hedge_plus": "lower bound",
    "plot_hedge_moins": "upper bound",
    "plot_hedge_entre": "range",
    "plot_open": "Hollow mark: an approximate value, a bound or a range",
    "plot_hint": "Each mark opens the source of its figure. From the keyboard, the arrows go from "
    "one to the next and Enter opens the source.",
}
