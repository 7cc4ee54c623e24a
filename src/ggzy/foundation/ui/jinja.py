"""模板环境: the one Jinja2 environment and the functions every template may call."""

from typing import Any

from django.template.utils import get_app_template_dirs
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, FileSystemLoader, Undefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from ggzy.foundation.ui import charts, figures, navigation, notes, pages, sheet, show


class Absent(Undefined):
    """A value nobody gave: may be asked for with `if`, never printed, so that a slip is loud."""

    def __str__(self) -> str:
        return self._fail_with_undefined_error()


@pass_context
def part(context: Context, name: str, /, **values: Any) -> Markup:
    """部件: renders `ui/parts/<name>.html` with exactly the values given."""
    template = context.environment.get_template(f"ui/parts/{name}.html")
    # Two functions of the pages share their name with optional values of parts.
    absent = {"url": None, "action": None}
    shared = {key: context.get(key) for key in ("request", "csrf_input", "csrf_token")}
    return Markup(template.render({**absent, **shared, **values}))


@pass_context
def form_fields(context: Context, form: Any, *names: str) -> Markup:
    """表单字段: the hidden fields and the visible ones, all or those named, in order."""
    wanted = [form[name] for name in names] if names else list(form.visible_fields())
    return part(context, "form_fields", form=form, fields=wanted)


@pass_context
def action(context: Context, verdict: Any, url: str, label: str, **options: Any) -> Markup:
    """操作: a button that is alive, or one that gives every reason why it is not."""
    return part(context, "action", verdict=verdict, url=url, label=label, **options)


@pass_context
def csrf(context: Context) -> Markup:
    """The hidden field that proves a form came from our page."""
    return Markup(context.get("csrf_input") or "")


def field_attrs(described: str, bound: Any) -> dict[str, str]:
    """What ties a field to its hint and its mistake."""
    attrs = {"aria-describedby": described.strip()} if described.strip() else {}
    return {**attrs, "aria-invalid": "true"} if bound.errors else attrs


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def environment(**options: Any) -> Environment:
    """Named in settings as `TEMPLATES[…]["OPTIONS"]["environment"]`."""
    options.pop("loader", None)
    options["undefined"] = Absent
    folders = [str(folder) for folder in get_app_template_dirs("templates")]
    made = Environment(
        **{"autoescape": True, **options},
        loader=FileSystemLoader(folders),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["noted"] = notes.noted
    made.globals.update(
        part=part,
        form_fields=form_fields,
        action=action,
        csrf=csrf,
        field_attrs=field_attrs,
        done_note=pages.done,
        url=url,
        static=static,
        stylesheet=sheet.address,
        money=show.money,
        rate=show.rate,
        instant=show.instant,
        day=show.day,
        last_moment=show.until,
        clock=show.clock,
        minute=show.minute,
        left=show.left,
        state=show.state,
        code=show.code,
        digest=show.digest,
        size=show.size,
        count=show.count,
        iso=show.iso,
        marked=show.marked,
        whole=show.whole,
        columns=show.columns,
        paragraphs=show.paragraphs,
        query=show.query,
        dot_plot=charts.dot_plot,
        figure_matrix=figures.matrix,
        figure_network=figures.network,
        figure_rows=figures.rows,
        plot_scale=charts.scale,
        qr=charts.qr,
        portal_navigation=navigation.portal,
        desk_navigation=navigation.desk,
        page_exists=navigation.exists,
        current_entry=navigation.current,
        platform=navigation.platform,
    )
    return made
