"""How figures are printed, and the medians they are."""
import statistics

SKIPPED = []


def median(values):
    return statistics.median(values)


def spread(values, form="{:,.0f}"):
    return f"{form.format(min(values))} to {form.format(max(values))}"


def say(part, name, value, beside=""):
    print(f"{part + ': ' + name:62}{value:28}{beside}".rstrip(), flush=True)


def skip(part, reason):
    SKIPPED.append(part)
    say(part, "SKIPPED", reason)
