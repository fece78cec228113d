import RotationEngine

/// The policy serial number of a group: the first four digits of its id and the time of the last change
/// in UTC, `E5E6-08/21/2024 12:38:31 900` (`docs/SEPM.md`, "Policy serial numbers").
func policySerial(groupID: String, policyDate: Int64) -> String {
  // 2024-08-21T12:38:31.900Z
  let text = Array(Instant(milliseconds: policyDate).description.utf8)
  guard text.count == 24 else { return String(groupID.prefix(4)) }
  let date = text[5...6] + [UInt8(ascii: "/")] + text[8...9] + [UInt8(ascii: "/")] + text[0...3]
  let time = [UInt8(ascii: " ")] + text[11...18] + [UInt8(ascii: " ")] + text[20...22]
  return groupID.prefix(4) + "-" + String(decoding: date + time, as: UTF8.self)
}
