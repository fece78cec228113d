internal import RotationEngine

extension StateError {
  static func tooLarge(_ digest: String, size: Int, limit: Int) -> StateError {
    StateError(
      .tooLarge, "The attachment \(digest) has \(size) bytes; the limit is \(limit).")
  }
}

extension EncodedEvent {
  /// Throws where an attachment is too large, has another digest, or is not referred to.
  func checkAttachments() throws(StateError) {
    guard !attachments.isEmpty else { return }
    let references = AttachmentReferences.digests(in: bytes)
    for attachment in attachments {
      let size = attachment.bytes.count
      guard size <= Attachment.maximumSize else {
        throw StateError.tooLarge(attachment.digest, size: size, limit: Attachment.maximumSize)
      }
      guard attachment.digest == Attachment.digest(of: attachment.bytes),
        references.contains(attachment.digest)
      else {
        throw StateError(
          .defect, "Event \(sequence) does not refer to its attachment \(attachment.digest).")
      }
    }
  }
}

/// Which attachments the events of a run refer to, and where first.
struct AttachmentReferences {
  private var open: [String: Int] = [:]
  private var checked: Set<String> = []

  /// Takes in an event.
  mutating func take(_ event: EncodedEvent) {
    for digest in Self.digests(in: event.bytes) where open[digest] == nil {
      open[digest] = event.sequence
    }
  }

  /// Checks one attachment that is stored; says what is wrong with it.
  mutating func take(_ digest: String, _ bytes: [UInt8]?, at sequence: Int) -> Alteration? {
    guard let first = open[digest], first == sequence else {
      return Alteration(
        kind: .attachment, sequence: sequence,
        message:
          "Event \(sequence) does not refer to the attachment \(digest) that is kept with it.")
    }
    guard let bytes, Attachment.digest(of: bytes) == digest else {
      return Alteration(
        kind: .attachment, sequence: sequence,
        message: "The attachment \(digest) of event \(sequence) is not what was written.")
    }
    checked.insert(digest)
    return nil
  }

  /// The first attachment that an event refers to and nothing keeps.
  var missing: Alteration? {
    let missing = open.filter { !checked.contains($0.key) }
      .min { ($0.value, $0.key) < ($1.value, $1.key) }
    guard let (digest, sequence) = missing else { return nil }
    return Alteration(
      kind: .attachment, sequence: sequence,
      message: "The attachment \(digest) of event \(sequence) is missing.")
  }

  private static let member = Array(#""attachment":"sha256:"#.utf8)

  /// The digests that an event's bytes refer to. Canonical JSON has one form for a member, and no text can hold
  /// its quotation marks without a backslash before them, so the bytes are looked through as they are.
  static func digests(in bytes: [UInt8]) -> Set<String> {
    var found: Set<String> = []
    var start = bytes.startIndex
    while let quote = bytes[start...].firstIndex(of: member[0]) {
      let end = quote + member.count
      if bytes[quote...].starts(with: member), let close = bytes[end...].firstIndex(of: member[0]) {
        found.insert("sha256:" + String(decoding: bytes[end..<close], as: UTF8.self))
        start = close + 1
      } else {
        start = quote + 1
      }
    }
    return found
  }
}
