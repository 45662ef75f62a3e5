import { keys } from "./keys";
import { theme } from "./theme";
import { cite } from "./cite";

keys(document);
theme(document);
cite(document);
