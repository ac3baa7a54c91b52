// What wasn't saved before this page came: two texts that the server's page shows, and what an earlier page left here.

import { get, put } from "./boxes.js";
import * as clashes from "./clash.js";
import * as device from "./device.js";

export default function recover({ form, outbox, saved }, choose) {
  for (const [made, clash] of clashes.shown(form)) {
    clashes.listen(made, clash, choose);
    saved.set(clash.field, clash.theirs);
    outbox.add(clash.field, get(form, clash.field));
    outbox.hold(clash.field);
  }
  for (const change of device.left(outbox.assignment, outbox.page)) {
    if (!saved.has(change.field) || saved.get(change.field) === change.value) continue;
    put(form, change.field, change.value);
    outbox.put(change);
  }
  outbox.keep();
  device.forget(outbox.assignment, outbox.page);
}
