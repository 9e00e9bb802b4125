"""A folder that remembers what a check had nothing to say of: one file each, named by what was looked at."""


def open_folder(folder, most):
    """Makes the folder, or has it forget the oldest beyond `most` files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)
    for path in files[:max(0, len(files) - most)]:
        path.unlink(missing_ok=True)
