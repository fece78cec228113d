/// What a page says of itself (`docs/SEPM.md`, "Paging"). Any of it may be missing.
struct PageEnvelope: Equatable {
  /// From 0, though the request's `pageIndex` is from 1.
  var number: Int?

  /// How many elements it says that it has.
  var numberOfElements: Int?

  /// How many elements all pages have.
  var totalElements: Int?

  /// How many pages there are.
  var totalPages: Int?

  /// Whether it is the last one.
  var lastPage: Bool?
}

/// A way through the pages of a listing, which holds every page against the ones before it.
///
/// An honest server's pages are full but for the last one, so what has come equals the count of the last page, also
/// where elements come and go in between: then only the order shifts, and ``isSteady`` says so.
struct PageWalk {
  /// The page to ask for, from 1.
  private(set) var index = 1

  /// How many elements have come.
  private(set) var received = 0

  /// Whether the server counted the same number each time. If not, an element may be missing or come twice.
  private(set) var isSteady = true

  /// Whether another page is to be expected after ``index``, as far as the pages before tell.
  var isProbablyFollowed: Bool { pages.map { index < $0 } ?? false }

  private let pageSize: Int
  private let limit: Int
  private var total: Int?
  private var pages: Int?

  /// A walk that has not begun.
  ///
  /// - Parameters:
  ///   - pageSize: how many elements a page is asked for.
  ///   - limit: how many pages there may be.
  init(pageSize: Int, limit: Int) {
    self.pageSize = pageSize
    self.limit = limit
  }

  /// Takes a page that held so many elements, and says whether another one follows.
  mutating func take(_ page: PageEnvelope, held: Int) throws(PageTrouble) -> Bool {
    if let said = page.numberOfElements, said != held {
      throw .wrongCount(page: index, said: said, held: held)
    }
    if let number = page.number, number != index - 1 {
      throw .wrongPage(asked: index, got: number + 1)
    }
    if let total, let now = page.totalElements, total != now { isSteady = false }
    total = page.totalElements ?? total
    pages = page.totalPages
    received += held
    guard follows(page, held: held) else {
      if let total, received < total { throw .endsEarly(received: received, total: total) }
      if let total, received > total { throw .tooMany(received: received, total: total) }
      return false
    }
    guard held > 0 else { throw .neverEnds(page: index) }
    if let total, received >= total { throw .goesOn(received: received, total: total) }
    guard index < limit, page.totalPages ?? 0 <= limit else { throw .tooManyPages(limit: limit) }
    index += 1
    return true
  }

  private func follows(_ page: PageEnvelope, held: Int) -> Bool {
    if let isLast = page.lastPage { return !isLast }
    if let pages = page.totalPages { return index < pages }
    if let total { return received < total }
    return held >= pageSize
  }
}
