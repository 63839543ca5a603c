"""What rules can say, read from their source: a message that no test provokes has not been proved."""

import ast
import re
from pathlib import Path


def patterns(module):
    """Gives (rule, pattern) for each message that a function with the decorator "rule" can yield."""
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and any("rule" in ast.unparse(one) for one in function.decorator_list):
            for node in ast.walk(function):
                if isinstance(node, ast.Yield):
                    yield function.name, re.compile(f"{function.name}: {_pattern(node.value)}", re.DOTALL)


def unprovoked(modules, errors):
    """Gives the messages of these modules' rules that are not among the errors."""
    for module in modules:
        for name, pattern in patterns(module):
            if not any(pattern.fullmatch(error) for error in errors):
                yield f"{name}: nothing provokes {pattern.pattern}"


def _pattern(value):
    if isinstance(value, ast.Constant):
        return re.escape(value.value)
    if isinstance(value, ast.JoinedStr):
        return "".join(re.escape(part.value) if isinstance(part, ast.Constant) else ".*" for part in value.values)
    raise TypeError(f"line {value.lineno}: a rule's message is to be text, or text with fields")
