import CanonicalJSON
import RotationEngine

extension Attachment {
  /// A document to be kept with an event.
  init(document: JSONValue) {
    var writer = JSONWriter()
    writer.value(document)
    self.init(writer.bytes)
  }
}
