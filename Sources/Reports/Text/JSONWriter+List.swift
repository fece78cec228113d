import CanonicalJSON

extension JSONWriter {
  /// A member that is an array of written elements.
  mutating func list<Element>(
    _ name: String, _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    key(name)
    array { writer in
      for element in elements {
        writer.object { write(&$0, element) }
      }
    }
  }
}
