module keel.nn {
    requires transitive keel.core;
    requires static java.desktop;
    exports keel.nn;
    exports keel.nn.attention;
    exports keel.nn.clip;
    exports keel.nn.conv;
    exports keel.nn.data;
    exports keel.nn.health;
    exports keel.nn.init;
    exports keel.nn.io;
    exports keel.nn.layer;
    exports keel.nn.loss;
    exports keel.nn.model;
    exports keel.nn.norm;
    exports keel.nn.optim;
    exports keel.nn.recurrent;
    exports keel.nn.recipe;
    exports keel.nn.report;
    exports keel.nn.residual;
    exports keel.nn.schedule;
    exports keel.nn.train;
}
