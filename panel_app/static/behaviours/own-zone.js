// Fills a hidden field with the time zone of this device, so that dates can be shown in it.

export default function ownZone(field) {
  if (field.value) return;
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
