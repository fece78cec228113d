import CanonicalJSON

extension JSONWriter {
  /// The envelope of a list (`docs/SEPM.md`, "Paging"): `number` is from 0.
  mutating func page<Element>(
    _ content: [Element], of total: Int, _ request: PageRequest,
    sortedBy sort: (property: String, ascending: Bool)?,
    _ write: (inout JSONWriter, Element) -> Void
  ) {
    let pages = (total + request.size - 1) / request.size
    object { writer in
      writer.key("content")
      writer.array { writer in
        for element in content { write(&writer, element) }
      }
      writer.member("totalElements", total)
      writer.member("totalPages", pages)
      writer.member("numberOfElements", content.count)
      writer.member("firstPage", request.number == 0)
      writer.member("lastPage", request.number + 1 >= pages)
      writer.key("sort")
      if let sort {
        writer.array { writer in
          writer.object { writer in
            writer.member("direction", sort.ascending ? "ASC" : "DESC")
            writer.member("property", sort.property)
            writer.member("ascending", sort.ascending)
          }
        }
      } else {
        writer.null()
      }
      writer.member("number", request.number)
      writer.member("size", request.size)
    }
  }
}
