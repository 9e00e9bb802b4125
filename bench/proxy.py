"""Two mocks behind nginx, which sends each key to the same one, beside one mock without."""

def measure(*_): return {"rows": []}
def table(part): return []
