// Text that the server has not acknowledged, kept on this device by sheet and open page, until it has.

const prefix = (assignment) => `panel:sheet:${assignment}:`;

// Whether it is kept: a device may refuse (private window, full store).
export function keep(assignment, page, entries) {
  try {
    if (entries.length === 0) localStorage.removeItem(prefix(assignment) + page);
    else localStorage.setItem(prefix(assignment) + page, JSON.stringify(entries));
    return true;
  } catch {
    return false;
  }
}

// What earlier pages of this sheet left here, the oldest first. It stays until it is kept anew under this page.
export function left(assignment, page) {
  const found = [];
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix(assignment)) && key !== prefix(assignment) + page) found.push(...JSON.parse(localStorage.getItem(key)));
    }
  } catch {
    return [];
  }
  return found.sort((one, other) => one.at - other.at);
}

export function forget(assignment, page) {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix(assignment)) && key !== prefix(assignment) + page) localStorage.removeItem(key);
    }
  } catch {
    // nothing was kept, so nothing is left
  }
}
