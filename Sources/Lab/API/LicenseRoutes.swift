import CanonicalJSON
import Estate
import Hummingbird

extension ManagementAPI {
  /// A paid licence with some seats to spare.
  func addLicenseRoutes(to routes: APIRoutes) {
    routes.get("licenses") { request, context in
      await answer(request, context) { _, state in
        .json(
          .array([
            .object([
              .init("serialNumber", .string("LAB0000001")),
              .init("productName", .string("Symantec Endpoint Protection")),
              .init("licenseType", .integer(0)),
              .init("seats", .integer(seats(state))),
              .init("startDate", .integer(state.estate.installedAt)),
              .init("endDate", .integer(end(state))),
              .init("expireDate", .integer(end(state))),
              .init("keyNames", .array([])),
              .init("associatedLicenses", .null),
            ])
          ]))
      }
    }
    routes.get("licenses/summary") { request, context in
      await answer(request, context) { _, state in
        .json(
          .object([
            .init("serial_number", .string("LAB0000001")),
            .init("license_type", .string("PAID")),
            .init("ordered_quantity", .integer(seats(state))),
            .init("unexpired_seats", .integer(seats(state))),
            .init("service_end_date", .integer(end(state))),
            .init("service_expiration_date", .integer(end(state))),
            .init("ended", .bool(false)),
          ]))
      }
    }
  }

  private func seats(_ state: LabState) -> Int64 {
    Int64(state.estate.sites.reduce(0) { $0 + $1.clients.count } * 11 / 10 + 10)
  }

  private func end(_ state: LabState) -> Int64 {
    state.estate.installedAt + 5 * 365 * 86_400_000
  }
}
