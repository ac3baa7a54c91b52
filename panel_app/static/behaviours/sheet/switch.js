// Whether single keys act: on, until the person turns them off, on this device.

const SWITCH = "panel:keys";

export const keysAreOn = () => localStorage.getItem(SWITCH) !== "off";

export function turnKeys(on) {
  localStorage.setItem(SWITCH, on ? "on" : "off");
}
