import SwiftASN1

/// The times of a certificate.
enum CertificateTime {
  /// Seconds since 1970 in UTC; nil where the node is no time.
  static func seconds(of node: ASN1Node) -> Int64? {
    if let time = try? UTCTime(derEncoded: node, withIdentifier: .utcTime) {
      return seconds(time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
    }
    if let time = try? GeneralizedTime(derEncoded: node, withIdentifier: .generalizedTime) {
      return seconds(time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
    }
    return nil
  }

  private static func seconds(
    _ year: Int, _ month: Int, _ day: Int, _ hours: Int, _ minutes: Int, _ seconds: Int
  ) -> Int64 {
    UTCCalendar.days(year: Int64(year), month: Int64(month), day: Int64(day))
      * UTCCalendar.secondsOfDay + Int64(hours * 3_600 + minutes * 60 + seconds)
  }
}
