"""Small questionnaires to make mistakes in."""

SETTINGS = """
| settings |
| | form_id | form_title | version |
| | f | A form | 1 |
"""
YES_NO = """
| choices |
| | list_name | name | label |
| | yes_no | yes | Yes |
| | yes_no | no | No |
"""


def form(rows: str, *, head: str = "", choices: str = "", settings: str = SETTINGS) -> str:
    """A form of these survey rows; `head` adds columns, each row's first cell is left out."""
    table = "| survey |\n| | type | name | label |" + head + "\n"
    lines = [line.strip() for line in rows.strip().splitlines()]
    return table + "\n".join(f"| {line}" for line in lines) + choices + settings
