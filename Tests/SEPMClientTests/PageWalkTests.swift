import Testing

@testable import SEPMClient

@Suite("A way through the pages of a listing")
struct PageWalkTests {
  /// Takes pages as SEPM would number them; where the walk ended.
  private func walked(
    _ pages: [(held: Int, total: Int?, last: Bool?)], pageSize: Int = 100, limit: Int = 50
  ) throws(PageTrouble) -> PageWalk {
    var walk = PageWalk(pageSize: pageSize, limit: limit)
    for (number, page) in pages.enumerated() {
      let envelope = PageEnvelope(
        number: number, numberOfElements: page.held, totalElements: page.total,
        lastPage: page.last)
      if try !walk.take(envelope, held: page.held) { break }
    }
    return walk
  }

  @Test("Full pages and a last one")
  func whole() throws {
    let walk = try walked([(100, 250, false), (100, 250, false), (50, 250, true)])
    #expect(walk.received == 250)
    #expect(walk.index == 3)
    #expect(walk.isSteady)
    #expect(try walked([(0, 0, true)]).received == 0)
  }

  @Test("The next page is expected where a page before told how many there are")
  func expectation() throws {
    var walk = PageWalk(pageSize: 100, limit: 50)
    #expect(!walk.isProbablyFollowed)
    _ = try walk.take(PageEnvelope(totalPages: 3, lastPage: false), held: 100)
    #expect(walk.index == 2 && walk.isProbablyFollowed)
    _ = try walk.take(PageEnvelope(totalPages: 3, lastPage: false), held: 100)
    #expect(walk.index == 3 && !walk.isProbablyFollowed)
  }

  @Test("What came or went meanwhile is no error, and is said")
  func unsteady() throws {
    #expect(try !walked([(100, 201, false), (100, 200, true)]).isSteady)
    #expect(try !walked([(100, 199, false), (100, 201, false), (1, 201, true)]).isSteady)
  }

  @Test("Without `lastPage` the other members tell, and at last how full a page is")
  func missing() throws {
    #expect(try walked([(100, 150, nil), (50, 150, nil)]).received == 150)
    #expect(try walked([(100, nil, nil), (100, nil, nil), (30, nil, nil)]).received == 230)
    var walk = PageWalk(pageSize: 100, limit: 50)
    #expect(try walk.take(PageEnvelope(totalPages: 2), held: 20))
    #expect(try !walk.take(PageEnvelope(totalPages: 2), held: 20))
  }

  @Test("Pages that do not fit together have names")
  func troubles() {
    func trouble(_ pages: [(Int, Int?, Bool?)], limit: Int = 50) -> PageTrouble? {
      do throws(PageTrouble) {
        _ = try walked(pages, limit: limit)
        return nil
      } catch {
        return error
      }
    }
    #expect(trouble([(100, 300, false), (0, 300, false)]) == .neverEnds(page: 2))
    #expect(trouble([(100, 100, false)]) == .goesOn(received: 100, total: 100))
    #expect(trouble([(100, 300, true)]) == .endsEarly(received: 100, total: 300))
    #expect(trouble([(100, 90, true)]) == .tooMany(received: 100, total: 90))
    #expect(
      trouble([(100, nil, false), (100, nil, false), (100, nil, false)], limit: 2)
        == .tooManyPages(limit: 2))
    var walk = PageWalk(pageSize: 100, limit: 50)
    #expect(throws: PageTrouble.tooManyPages(limit: 50)) {
      _ = try walk.take(PageEnvelope(totalPages: 51, lastPage: false), held: 100)
    }
    walk = PageWalk(pageSize: 100, limit: 50)
    #expect(throws: PageTrouble.wrongCount(page: 1, said: 100, held: 99)) {
      _ = try walk.take(PageEnvelope(numberOfElements: 100), held: 99)
    }
    walk = PageWalk(pageSize: 100, limit: 50)
    _ = try? walk.take(PageEnvelope(number: 0, lastPage: false), held: 100)
    #expect(throws: PageTrouble.wrongPage(asked: 2, got: 1)) {
      _ = try walk.take(PageEnvelope(number: 0, lastPage: false), held: 100)
    }
  }
}
