/// What came of a walk through all pages of a listing.
package struct Listing: Sendable, Hashable {
  /// How many pages there were.
  package let pages: Int

  /// How many elements came.
  package let elements: Int

  /// Whether nothing came or went meanwhile, as far as the server counted. If not, an element may be missing or
  /// have come twice.
  package let isSteady: Bool
}

extension APIClient {
  /// Goes through all pages of a listing, one after the other; a page is gone when `take` has seen it. While one is
  /// read the next is on its way.
  ///
  /// `element` reads one element; one that gives nil is counted and not handed on.
  func walk<Element>(
    _ call: HTTPCall,
    element: (inout JSONCursor) throws(MalformedAnswer) -> Element?,
    take: ([Element]) throws(SEPMError) -> Void
  ) async throws(SEPMError) -> Listing {
    var walk = PageWalk(pageSize: limits.pageSize, limit: limits.pages)
    var coming = await page(walk.index, of: call)
    while true {
      let answer = try coming.get()
      let index = walk.index
      let isFollowed = walk.isProbablyFollowed
      async let next = isFollowed ? await page(index + 1, of: call) : nil
      let (envelope, elements, held) = try decode(answer, of: call) {
        cursor throws(MalformedAnswer) in
        try Self.read(&cursor, element)
      }
      let isLast: Bool
      do throws(PageTrouble) {
        isLast = try !walk.take(envelope, held: held)
      } catch {
        throw self.error(.brokenPages(error), in: call)
      }
      try take(elements)
      if isLast {
        return Listing(pages: index, elements: walk.received, isSteady: walk.isSteady)
      }
      if let next = await next { coming = next } else { coming = await page(walk.index, of: call) }
    }
  }

  private func page(_ index: Int, of call: HTTPCall) async -> Result<HTTPAnswer, SEPMError> {
    var call = call
    call.query += [Query("pageIndex", index), Query("pageSize", limits.pageSize)]
    do throws(SEPMError) {
      return .success(try await send(call))
    } catch {
      return .failure(error)
    }
  }

  private static func read<Element>(
    _ cursor: inout JSONCursor, _ element: (inout JSONCursor) throws(MalformedAnswer) -> Element?
  ) throws(MalformedAnswer) -> (PageEnvelope, [Element], held: Int) {
    var envelope = PageEnvelope()
    var elements: [Element] = []
    var held = 0
    var hasContent = false
    try cursor.members { cursor, name throws(MalformedAnswer) in
      switch name {
      case "content":
        hasContent = true
        try cursor.elements { cursor throws(MalformedAnswer) in
          held += 1
          if let element = try element(&cursor) { elements.append(element) }
        }
      case "number": envelope.number = try cursor.count()
      case "numberOfElements": envelope.numberOfElements = try cursor.count()
      case "totalElements": envelope.totalElements = try cursor.count()
      case "totalPages": envelope.totalPages = try cursor.count()
      case "lastPage": envelope.lastPage = try cursor.flag()
      default: try cursor.skip()
      }
    }
    guard hasContent else { throw MalformedAnswer(what: "the member `content` is missing") }
    return (envelope, elements, held)
  }
}

extension JSONCursor {
  /// A number of things.
  mutating func count() throws(MalformedAnswer) -> Int? {
    guard let number = try integer() else { return nil }
    guard (0...Int64(Int32.max)).contains(number) else {
      throw failure("a number of things is expected")
    }
    return Int(number)
  }
}
