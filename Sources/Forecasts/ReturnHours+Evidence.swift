import CanonicalJSON
package import RotationEngine

extension ReturnHours {
  /// The member of a count's evidence that leads to the hours which were not recorded before.
  package static let member = "returns"

  /// The hours as evidence of a count: what its forecast rests on, for whoever wants to check it. None where there is no
  /// hour.
  package var evidence: Evidence {
    guard !counts.isEmpty else { return Evidence() }
    var writer = JSONWriter()
    writer.value(json)
    let attachment = Attachment(writer.bytes)
    return Evidence(
      [
        .init(
          Self.member,
          .object([
            .init("hours", .integer(Int64(counts.count))),
            .init("attachment", .string(attachment.digest)),
          ]))
      ], attachments: [attachment])
  }
}
