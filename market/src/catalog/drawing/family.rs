//! The families of products that have a drawing.

use serde::{Deserialize, Serialize};

use super::{building, electric, fasteners, goods, machine, piping, sheet::Sheet, workshop};

macro_rules! families {
    ($($family:ident $code:literal $shape:path, $ko:literal, $en:literal;)+) => {
        /// A silhouette. Stored by its code in snake case.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Family {
            $(#[doc = $en] $family,)+
        }

        impl Family {
            /// Every family.
            pub const ALL: [Self; [$($code),+].len()] = [$(Self::$family),+];

            /// Its stored name.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$family => $code,)+ }
            }

            /// Korean name, also the title of the drawing.
            pub const fn name_ko(self) -> &'static str {
                match self { $(Self::$family => $ko,)+ }
            }

            /// English name.
            pub const fn name_en(self) -> &'static str {
                match self { $(Self::$family => $en,)+ }
            }

            pub(super) fn draw(self, sheet: &mut Sheet<'_>) {
                match self { $(Self::$family => $shape(sheet),)+ }
            }
        }
    };
}

families! {
    HexBolt "hex_bolt" fasteners::hex_bolt, "육각볼트", "Hex bolt";
    SocketBolt "socket_bolt" fasteners::socket_bolt, "렌치볼트", "Socket head cap screw";
    Nut "nut" fasteners::nut, "너트", "Nut";
    Washer "washer" fasteners::washer, "와셔", "Washer";
    UBolt "u_bolt" fasteners::u_bolt, "U볼트", "U-bolt";
    Anchor "anchor" fasteners::anchor, "앵커", "Anchor";
    Screw "screw" fasteners::screw, "나사", "Screw";
    Spring "spring" fasteners::spring, "스프링", "Spring";
    Pipe "pipe" piping::pipe, "관", "Pipe";
    Elbow "elbow" piping::elbow, "엘보", "Elbow";
    Tee "tee" piping::tee, "티", "Tee";
    Reducer "reducer" piping::reducer, "레듀서", "Reducer";
    Flange "flange" piping::flange, "플랜지", "Flange";
    GateValve "gate_valve" piping::gate_valve, "게이트밸브", "Gate valve";
    BallValve "ball_valve" piping::ball_valve, "볼밸브", "Ball valve";
    CheckValve "check_valve" piping::check_valve, "체크밸브", "Check valve";
    ButterflyValve "butterfly_valve" piping::butterfly_valve, "버터플라이밸브", "Butterfly valve";
    Pump "pump" piping::pump, "펌프", "Pump";
    Tank "tank" piping::tank, "탱크", "Tank";
    Bearing "bearing" machine::bearing, "베어링", "Bearing";
    Gear "gear" machine::gear, "기어", "Gear";
    Sprocket "sprocket" machine::sprocket, "스프로킷·체인", "Sprocket and chain";
    Shaft "shaft" machine::shaft, "축·가공품", "Shaft, machined part";
    ORing "o_ring" machine::oring, "오링", "O-ring";
    Gasket "gasket" machine::gasket, "가스켓", "Gasket";
    Motor "motor" machine::motor, "모터", "Motor";
    Cylinder "cylinder" machine::cylinder, "실린더", "Cylinder";
    Conveyor "conveyor" machine::conveyor, "컨베이어", "Conveyor";
    Machine "machine" machine::machine, "기계", "Machine";
    Gauge "gauge" machine::gauge, "계기", "Gauge";
    Cable "cable" electric::cable, "전선", "Cable";
    Enclosure "enclosure" electric::enclosure, "함체", "Enclosure";
    LedPanel "led_panel" electric::led_panel, "평판등", "LED panel";
    Lamp "lamp" electric::lamp, "투광등", "Floodlight";
    Pcb "pcb" electric::pcb, "회로기판", "Circuit board";
    Sensor "sensor" electric::sensor, "센서", "Sensor";
    Connector "connector" electric::connector, "커넥터", "Connector";
    Solar "solar" electric::solar, "태양광 모듈", "Solar module";
    Battery "battery" electric::battery, "배터리", "Battery";
    Board "board" building::board, "판재", "Board";
    Insulation "insulation" building::insulation, "보온재", "Insulation";
    Profile "profile" building::profile, "압출 프로파일", "Extrusion";
    Section "section" building::section, "형강", "Steel section";
    SheetMetal "sheet_metal" building::sheet_metal, "철판", "Sheet metal";
    Bracket "bracket" building::bracket, "판금 브래킷", "Bracket";
    Mesh "mesh" building::mesh, "철망", "Wire mesh";
    Duct "duct" building::duct, "사각덕트", "Duct";
    SpiralDuct "spiral_duct" building::spiral_duct, "스파이럴덕트", "Spiral duct";
    Diffuser "diffuser" building::diffuser, "디퓨저", "Diffuser";
    Filter "filter" building::filter, "필터", "Filter";
    Door "door" building::door, "문", "Door";
    Brick "brick" building::brick, "벽돌·블록", "Brick";
    Bag "bag" goods::bag, "봉투", "Bag";
    Pouch "pouch" goods::pouch, "파우치", "Pouch";
    Carton "carton" goods::carton, "상자", "Carton";
    Drum "drum" goods::drum, "드럼", "Drum";
    Bottle "bottle" goods::bottle, "병", "Bottle";
    Jar "jar" goods::jar, "용기", "Jar";
    Can "can" goods::can, "통", "Pail";
    Pallet "pallet" goods::pallet, "파렛트", "Pallet";
    Cart "cart" goods::cart, "대차", "Cart";
    Glove "glove" goods::glove, "장갑", "Glove";
    Garment "garment" goods::garment, "의류", "Garment";
    Shoe "shoe" goods::shoe, "안전화", "Safety shoe";
    Helmet "helmet" goods::helmet, "안전모", "Helmet";
    Roll "roll" goods::roll, "롤·원단", "Roll";
    Spool "spool" goods::spool, "실·와이어 릴", "Spool";
    Spanner "spanner" workshop::spanner, "스패너", "Spanner";
    Drill "drill" workshop::drill, "드릴", "Drill";
    EndMill "end_mill" workshop::end_mill, "엔드밀", "End mill";
    Wheel "wheel" workshop::wheel, "연마석", "Grinding wheel";
    Mould "mould" workshop::mould, "금형", "Mould";
    Casting "casting" workshop::casting, "주물", "Casting";
    Chair "chair" workshop::chair, "의자", "Chair";
    Table "table" workshop::table, "책상", "Table";
    Rack "rack" workshop::rack, "선반", "Rack";
    Pot "pot" workshop::pot, "냄비", "Pot";
    Instrument "instrument" workshop::instrument, "기구", "Instrument";
    Document "document" workshop::document, "도면·문서", "Document";
    Screen "screen" workshop::screen, "표시 장치", "Screen";
    Part "part" workshop::part, "부품", "Part";
}

impl Family {
    /// The family with this stored name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.code() == code)
    }

    /// The drawing of a category: that of its nearest described place in the tree, the plain part otherwise.
    pub fn for_category(code: &str) -> Self {
        let mut place = code;
        loop {
            if let Some((_, family)) = CATEGORIES.iter().find(|(known, _)| *known == place) {
                return *family;
            }
            match place.rsplit_once('.') {
                Some((above, _)) => place = above,
                None => return Self::Part,
            }
        }
    }
}

/// Which drawing stands for which part of the category tree; the longest known code wins.
const CATEGORIES: [(&str, Family); 180] = [
    ("fasteners", Family::HexBolt),
    ("fasteners.bolts.socket", Family::SocketBolt),
    ("fasteners.bolts.ubolt", Family::UBolt),
    ("fasteners.bolts.hanger", Family::Anchor),
    ("fasteners.nuts", Family::Nut),
    ("fasteners.nuts.flat", Family::Washer),
    ("fasteners.nuts.spring", Family::Washer),
    ("fasteners.screws", Family::Screw),
    ("fasteners.anchors", Family::Anchor),
    ("fasteners.rivets", Family::Shaft),
    ("fasteners.clips", Family::UBolt),
    ("pipes", Family::Elbow),
    ("pipes.steel", Family::Pipe),
    ("pipes.steel.structural", Family::Profile),
    ("pipes.weldfit.tee", Family::Tee),
    ("pipes.weldfit.reducer", Family::Reducer),
    ("pipes.threaded.nipple", Family::Pipe),
    ("pipes.flanges", Family::Flange),
    ("pipes.plastic", Family::Pipe),
    ("pipes.tubes", Family::Cable),
    ("valves", Family::GateValve),
    ("valves.ball", Family::BallValve),
    ("valves.butterfly", Family::ButterflyValve),
    ("valves.check", Family::CheckValve),
    ("pumps", Family::Pump),
    ("pumps.tanks", Family::Tank),
    ("pumps.compressors", Family::Tank),
    ("pumps.blowers", Family::Motor),
    ("power", Family::Bearing),
    ("power.gears", Family::Gear),
    ("power.chains", Family::Sprocket),
    ("power.couplings", Family::Flange),
    ("power.linear", Family::Shaft),
    ("power.springs", Family::Spring),
    ("tools", Family::Spanner),
    ("tools.cutting.drill", Family::Drill),
    ("tools.cutting.endmill", Family::EndMill),
    ("tools.cutting.tap", Family::EndMill),
    ("tools.abrasive", Family::Wheel),
    ("metal", Family::Shaft),
    ("metal.surface", Family::Bracket),
    ("sheet", Family::Bracket),
    ("sheet.enclosure", Family::Enclosure),
    ("sheet.plates", Family::SheetMetal),
    ("sheet.aluminium", Family::SheetMetal),
    ("sheet.mesh", Family::Mesh),
    ("casting", Family::Casting),
    ("casting.profile", Family::Profile),
    ("casting.sections", Family::Section),
    ("casting.powder", Family::Gear),
    ("plastics", Family::Part),
    ("plastics.blow", Family::Bottle),
    ("plastics.extrusion", Family::Profile),
    ("plastics.sheets", Family::Board),
    ("plastics.resin", Family::Bag),
    ("plastics.mould", Family::Mould),
    ("plastics.pressdie", Family::Mould),
    ("rubber", Family::ORing),
    ("rubber.gasket", Family::Gasket),
    ("rubber.sheet", Family::Roll),
    ("rubber.damper", Family::Casting),
    ("rubber.roller", Family::Shaft),
    ("electrical", Family::Cable),
    ("electrical.boxes", Family::Enclosure),
    ("electrical.devices", Family::Connector),
    ("electrical.conduit", Family::Pipe),
    ("electrical.transformer", Family::Enclosure),
    ("lighting", Family::LedPanel),
    ("lighting.flood", Family::Lamp),
    ("lighting.street", Family::Lamp),
    ("lighting.explosion", Family::Lamp),
    ("electronics", Family::Pcb),
    ("electronics.connector", Family::Connector),
    ("electronics.display", Family::Screen),
    ("electronics.transformer", Family::Spool),
    ("automation", Family::Sensor),
    ("automation.cylinder", Family::Cylinder),
    ("automation.controller", Family::Enclosure),
    ("automation.hmi", Family::Screen),
    ("automation.robot", Family::Machine),
    ("automation.iot", Family::Pcb),
    ("motors", Family::Motor),
    ("motors.inverter", Family::Enclosure),
    ("machines", Family::Machine),
    ("measuring", Family::Gauge),
    ("measuring.dimension", Family::Instrument),
    ("measuring.scale", Family::Table),
    ("measuring.tester", Family::Machine),
    ("measuring.electric", Family::Screen),
    ("hvac", Family::Duct),
    ("hvac.duct.spiral", Family::SpiralDuct),
    ("hvac.duct.flexible", Family::SpiralDuct),
    ("hvac.diffuser", Family::Diffuser),
    ("hvac.damper", Family::Diffuser),
    ("hvac.fcu", Family::Machine),
    ("hvac.heater", Family::Tank),
    ("hvac.sprinkler", Family::Sensor),
    ("construction", Family::Brick),
    ("construction.board", Family::Board),
    ("construction.insulation", Family::Board),
    ("construction.insulation.pipe", Family::Insulation),
    ("construction.insulation.glasswool", Family::Roll),
    ("construction.aggregate", Family::Bag),
    ("construction.mortar", Family::Bag),
    ("construction.tile", Family::Board),
    ("construction.window", Family::Door),
    ("construction.door", Family::Door),
    ("construction.waterproof", Family::Roll),
    ("construction.scaffold", Family::Pipe),
    ("chemicals", Family::Drum),
    ("chemicals.paint", Family::Can),
    ("chemicals.adhesive", Family::Bottle),
    ("chemicals.sealant", Family::Bottle),
    ("chemicals.tape", Family::Roll),
    ("safety", Family::Helmet),
    ("safety.glove", Family::Glove),
    ("safety.shoes", Family::Shoe),
    ("safety.wear", Family::Garment),
    ("packaging", Family::Carton),
    ("packaging.bag", Family::Bag),
    ("packaging.film", Family::Roll),
    ("packaging.bottle", Family::Bottle),
    ("packaging.drum", Family::Drum),
    ("packaging.label", Family::Roll),
    ("packaging.pouch", Family::Pouch),
    ("packaging.bulk", Family::Bag),
    ("logistics", Family::Pallet),
    ("logistics.rack", Family::Rack),
    ("logistics.cart", Family::Cart),
    ("logistics.caster", Family::Wheel),
    ("logistics.conveyor", Family::Conveyor),
    ("logistics.container", Family::Carton),
    ("textiles", Family::Roll),
    ("textiles.yarn", Family::Spool),
    ("textiles.uniform", Family::Garment),
    ("furniture", Family::Table),
    ("furniture.chair", Family::Chair),
    ("furniture.cabinet", Family::Rack),
    ("kitchen", Family::Pot),
    ("kitchen.storage", Family::Jar),
    ("kitchen.commercial", Family::Machine),
    ("beauty", Family::Bottle),
    ("beauty.skincare", Family::Jar),
    ("beauty.tools", Family::Instrument),
    ("food", Family::Pouch),
    ("food.sauce", Family::Jar),
    ("food.tea", Family::Bottle),
    ("food.snack", Family::Carton),
    ("food.kimchi", Family::Jar),
    ("agri", Family::Bag),
    ("agri.fruit", Family::Carton),
    ("medical", Family::Instrument),
    ("medical.furniture", Family::Table),
    ("medical.device", Family::Machine),
    ("office", Family::Document),
    ("office.gift", Family::Carton),
    ("auto", Family::Casting),
    ("auto.engine", Family::Gear),
    ("auto.filter", Family::Filter),
    ("auto.electric", Family::Connector),
    ("ship", Family::Casting),
    ("ship.valve", Family::GateValve),
    ("ship.engine", Family::Shaft),
    ("ship.electric", Family::Enclosure),
    ("it", Family::Screen),
    ("it.server", Family::Rack),
    ("it.network", Family::Enclosure),
    ("energy", Family::Solar),
    ("energy.battery", Family::Battery),
    ("energy.charger", Family::Enclosure),
    ("energy.inverter", Family::Enclosure),
    ("energy.generator", Family::Motor),
    ("energy.boiler", Family::Tank),
    ("environment", Family::Filter),
    ("environment.water", Family::Tank),
    ("environment.media", Family::Bag),
    ("environment.dust", Family::Machine),
    ("services", Family::Document),
    ("services.assembly", Family::Carton),
    ("services.logistics", Family::Rack),
];
