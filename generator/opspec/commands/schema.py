"""`opspec schema`."""

from __future__ import annotations

from pathlib import Path

import click

from opspec.disk.files import write_file
from opspec.helping import examples
from opspec.spec.schema import SCHEMAS, schema_text

__all__ = ["schema"]


@click.command(epilog=examples("opspec schema overlay", "opspec schema -o schemas"))
@click.argument("name", type=click.Choice(SCHEMAS), required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A folder to write the schemas to.")
def schema(name: str | None, output: Path | None) -> None:
    """Print the JSON Schema of a kind of spec file, or write all of them to a folder."""
    if output is not None:
        for each in [name] if name else SCHEMAS:
            write_file(output / f"{each}.schema.json", schema_text(each))
        return
    if name is None:
        raise click.UsageError("give a name, or a folder with -o")
    click.echo(schema_text(name), nl=False)
