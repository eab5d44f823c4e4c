"""The tree at the top of `cypher/errors.py` is the tree of the errors."""

import inspect

from cypher import errors


def test_every_error_is_in_the_tree() -> None:
    """Each by name, once, and nothing else."""
    tree = [line.strip("│├└─ ").split(" ")[0] for line in (errors.__doc__ or "").splitlines()[2:] if line.strip()]
    classes = [name for name, one in vars(errors).items() if inspect.isclass(one) and issubclass(one, Exception)]

    assert sorted(tree) == sorted(classes)


def test_every_error_can_be_caught_as_ours() -> None:
    """`IcsgraphError` is the root of all."""
    classes = [one for one in vars(errors).values() if inspect.isclass(one) and issubclass(one, Exception)]

    assert all(issubclass(one, errors.IcsgraphError) for one in classes)
