"""What is wrong with a document, told as findings; read only when something is."""

from collections.abc import Iterator

from generator.findings import Finding, Severity
from generator.reading.schema_check import Placed, SchemaChecker, find_errors
from generator.reading.schema_errors import read_errors
from generator.reading.schema_faults import Fault, FaultKind, SchemaTree
from generator.reading.schema_messages import describe, dot_path


def explain(checker: SchemaChecker, source: Placed) -> Iterator[Finding]:
    """Yield every fault as a finding, in the order of the file."""
    tree = SchemaTree(checker.schema)
    faults = read_errors(find_errors(checker.schema, source.value), tree)
    found = [_report(checker, fault, source, tree) for fault in faults]
    yield from sorted(found, key=lambda finding: (finding.place, finding.code))


def _report(checker: SchemaChecker, fault: Fault, source: Placed, tree: SchemaTree) -> Finding:
    message, hint = describe(fault, tree, source.value)
    path = (*fault.path, *fault.keys[:1])
    is_unknown = fault.kind is FaultKind.UNKNOWN_KEY
    return Finding(
        code=f"{checker.family}{checker.first + list(FaultKind).index(fault.kind)}",
        rule=f"{checker.prefix}-{fault.kind}",
        severity=Severity.ERROR,
        place=source.place(path, key=is_unknown),
        message=message,
        hint=hint,
        subject=dot_path(path, source.value),
    )
