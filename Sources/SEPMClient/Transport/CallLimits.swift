/// What an answer may cost.
package struct CallLimits: Sendable {
  /// How long a connection may take, with its handshake.
  package var connection: Duration

  /// How long a call may take in all, to the last byte of its answer.
  package var answer: Duration

  /// How many bytes an answer may have.
  package var bytes: Int

  /// How many elements a page is asked for. Half of the throttle's requests are little, so pages are large.
  package var pageSize: Int

  /// How many pages a listing may have.
  package var pages: Int

  /// How long a call may wait, all in all, because the server throttles.
  package var throttling: Duration

  /// Limits.
  package init(
    connection: Duration = .seconds(10), answer: Duration = .seconds(120), bytes: Int = 64 << 20,
    pageSize: Int = 1_000, pages: Int = 10_000, throttling: Duration = .seconds(300)
  ) {
    self.connection = connection
    self.answer = answer
    self.bytes = bytes
    self.pageSize = pageSize
    self.pages = pages
    self.throttling = throttling
  }
}
